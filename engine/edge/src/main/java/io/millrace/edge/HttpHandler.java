// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_SECURITY_POLICY;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderValues.CHUNKED;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * One connection: reads are answered, all else is refused, and one that stays idle, talks nonsense
 * or asks on without taking the answers is closed. Owned by the edge's event loop.
 */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String POLICY = "default-src 'self';"
        + " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final int RETRY_SECONDS = 1;

    private final Routes routes;
    private boolean isStreaming;
    private boolean isAsking;

    HttpHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        routes.events().onConnected(context.channel());
        context.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (isStreaming || isAsking || !context.channel().isWritable()) {
            context.close();
        } else if (request.decoderResult().isFailure()) {
            send(context, request, Answer.plain(HttpResponseStatus.BAD_REQUEST.code(),
                "this is not HTTP"));
        } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            send(context, request, Answer.plain(Answer.METHOD_NOT_ALLOWED,
                "only GET and HEAD are answered"));
        } else {
            answer(context, request);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (routes.isQuote(uri.rawPath())) {
            askQuote(context, isKept(request), uri.path().substring(Routes.QUOTES.length()));
            return;
        }
        Answer answer = routes.answer(uri.rawPath());
        if (answer != null) {
            send(context, request, answer);
        } else if (request.method() == HttpMethod.HEAD) {
            send(context, request, new Answer(Answer.OK, "text/event-stream", "no-store",
                new byte[0]));
        } else {
            beginStream(context);
        }
    }

    /** A connection has one question at a time: its next one waits for the answer or is refused. */
    private void askQuote(ChannelHandlerContext context, boolean isKept, String symbol) {
        isAsking = true;
        routes.askQuote(symbol, answer -> context.executor().execute(() -> {
            isAsking = false;
            send(context, isKept, answer);
        }));
    }

    private void beginStream(ChannelHandlerContext context) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        addHeaders(head.headers(), "text/event-stream", "no-store");
        head.headers().set(TRANSFER_ENCODING, CHUNKED);
        isStreaming = true;
        context.write(head);
        routes.events().join(context.channel());
    }

    private static void send(ChannelHandlerContext context, FullHttpRequest request,
        Answer answer) {
        send(context, isKept(request), answer);
    }

    private static boolean isKept(FullHttpRequest request) {
        return HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    }

    private static void send(ChannelHandlerContext context, boolean isKept, Answer answer) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.code()), Unpooled.wrappedBuffer(answer.body()));
        addHeaders(response.headers(), answer.contentType(), answer.cacheControl());
        response.headers().set(CONTENT_LENGTH, answer.body().length);
        if (answer.code() == Answer.METHOD_NOT_ALLOWED) {
            response.headers().set(ALLOW, "GET, HEAD");
        }
        if (answer.code() == Answer.UNAVAILABLE) {
            response.headers().set(RETRY_AFTER, RETRY_SECONDS);
        }
        if (!isKept) {
            response.headers().set(CONNECTION, CLOSE);
        }
        var written = context.writeAndFlush(response);
        if (!isKept) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void addHeaders(HttpHeaders headers, String contentType, String cacheControl) {
        headers.set(CONTENT_TYPE, contentType)
            .set(CACHE_CONTROL, cacheControl)
            .set(CONTENT_SECURITY_POLICY, POLICY)
            .set("X-Content-Type-Options", "nosniff")
            .set("Referrer-Policy", "no-referrer");
    }
}
