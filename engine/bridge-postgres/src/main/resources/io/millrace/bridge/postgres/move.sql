UPDATE ${schema}.millrace_position
SET epoch = ?, birth = ?, inbound = ?, outbound = ?, moved = now()
WHERE name = ? AND epoch = ? AND birth = ? AND inbound = ? AND outbound = ?
