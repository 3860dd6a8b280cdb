-- GCRA, with the theoretical arrival time as the key's value, in microseconds.
-- ARGV: microseconds in which one more becomes allowed, and how many are allowed at once.
-- Returns {allowed, remaining, microseconds until one is allowed}.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local arrival = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
local allowed_at = arrival + interval - interval * burst
if now < allowed_at then
  return {0, 0, allowed_at - now}
end
arrival = arrival + interval
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000))
return {1, math.floor((interval * burst - (arrival - now)) / interval), 0}
