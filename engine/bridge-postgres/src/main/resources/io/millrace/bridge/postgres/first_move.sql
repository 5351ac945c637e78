INSERT INTO ${schema}.millrace_position (epoch, birth, inbound, outbound, name)
VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
