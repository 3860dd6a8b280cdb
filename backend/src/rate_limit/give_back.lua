-- Takes one back of what gcra.lua counted.
-- ARGV: microseconds in which one more becomes allowed.
local arrival = redis.call('GET', KEYS[1])
if arrival then
  redis.call('SET', KEYS[1], string.format('%.0f', arrival - ARGV[1]), 'KEEPTTL')
end
