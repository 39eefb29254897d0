-- Asks for more than can be answered: pages that are each asked for once, so that none comes from memory, as fast as
-- the connections allow. Tells how many were answered and how many sent away, and whether these were told when to come again.
--
--   wrk -t2 -c400 -d20s --timeout 30s -s src/test/load/overload.lua http://127.0.0.1:8080
--
-- wrk's own latencies are of both kinds together; those of the answered alone are in the server's metrics:
--   curl -s http://127.0.0.1:9000/q/metrics | grep 'uri="/concepts",le' | grep 'status="200"'

local words = {"money", "river", "island", "prime", "music", "time", "bread", "metal", "tree", "wolf", "paper", "number"}
local threads = {}
local number = 0

answered, away, untold, other = 0, 0, 0, 0

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function request()
  number = number + 1
  local word = words[1 + number % #words]
  return wrk.format("GET", "/concepts?q=" .. word .. "+" .. words[1 + math.floor(number / 12) % #words] .. "&n=" .. id .. "x" .. number)
end

function response(status, headers)
  if status == 200 then
    answered = answered + 1
  elseif status == 503 then
    away = away + 1
    if not (headers["retry-after"] or headers["Retry-After"]) then untold = untold + 1 end
  else
    other = other + 1
  end
end

function done()
  local sum = {answered = 0, away = 0, untold = 0, other = 0}
  for _, thread in ipairs(threads) do
    for name in pairs(sum) do sum[name] = sum[name] + thread:get(name) end
  end
  io.write(string.format("answered %d, sent away %d (of these without Retry-After %d), other %d\n",
    sum.answered, sum.away, sum.untold, sum.other))
end
