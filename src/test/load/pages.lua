-- Asks the explorer for pages and fragments of a snapshot that PaperSize built, at a steady rate, each time for other
-- concepts, benchmarks, models and words. For wrk:
--
--   wrk -t1 -c40 -d30s --latency -s src/test/load/pages.lua http://localhost:8080 -- 200 40 all
--
-- The three last arguments: requests a second, connections (as in -c), and a route's name below, or all.

local words = {}
for word in ([[money islands rivers prime music kinship boat time courtesy bread winter metal teacher tree wolf paper
  garden number engine coast letter glass horse bridge salt]]):gmatch("%a+") do
  words[#words + 1] = word
end

local function among(n) return math.random(0, n - 1) end
local function concept() return 3 * among(65536) end
local function benchmark() return "b" .. among(10) end
local function model() return "m" .. among(5) end
local function item() return benchmark() .. "/i%2F" .. among(2500) end
local function word() return words[1 + among(#words)] end
local function prefix() return word():sub(1, 3) end

local function several(n, one)
  local taken, list = {}, {}
  while #list < n do
    local next = one()
    if not taken[next] then
      taken[next] = true
      list[#list + 1] = next
    end
  end
  return table.concat(list, ",")
end

local function pick(list) return list[1 + among(#list)] end

-- A route's name and what makes its addresses.
local routes = {
  overview = function() return "/?model=" .. model() end,
  overviewmap = function() return "/?map=" .. pick { "models", "benchmarks" } .. "&benchmark=" .. benchmark() end,
  concepts = function() return "/concepts?model=" .. model() .. "&page=" .. 1 + among(100) end,
  search = function() return "/concepts?q=" .. word() .. "+" .. word() end,
  typo = function() return "/concepts?q=" .. word():gsub("(.)(.)$", "%2%1") end,
  filtered = function()
    return "/concepts?face=benchmark&benchmark=" .. benchmark() .. "&status=" .. pick { "missing", "under", "over" }
      .. "&columns=" .. several(3, benchmark) .. "&sort=density"
  end,
  suggest = function() return "/concepts/suggest?q=" .. prefix() end,
  concept = function() return "/concepts/" .. concept() end,
  conceptitems = function()
    return "/concepts/" .. concept() .. "?benchmark=" .. benchmark() .. "&right=m0&wrong=m1"
  end,
  benchmarks = function() return "/benchmarks" end,
  benchmark = function() return "/benchmarks/" .. benchmark() end,
  compare = function() return "/compare?benchmarks=" .. several(2 + among(4), benchmark) end,
  suite = function() return "/suite?benchmarks=" .. several(1 + among(5), benchmark) end,
  models = function() return "/models" end,
  model = function() return "/models/" .. model() end,
  pair = function() return "/models/compare?models=" .. several(2, model) .. "&minSupport=" .. among(40) end,
  correlation = function() return "/correlation" end,
  next = function() return "/next?benchmark=" .. benchmark() end,
  datapoint = function() return "/datapoints/" .. item() end,
  about = function() return "/about" end,
}
local fragments = { "overviewmap", "concepts", "search", "filtered", "conceptitems", "compare", "suite", "pair" }
local names = {}
for name in pairs(routes) do names[#names + 1] = name end
table.sort(names)

local rate, connections, wanted

function init(arguments)
  rate = tonumber(arguments[1]) or 200
  connections = tonumber(arguments[2]) or 40
  wanted = arguments[3] or "all"
  math.randomseed(os.time())
end

function request()
  local name = wanted == "all" and pick(names) or wanted
  local part = false
  for _, fragment in ipairs(fragments) do part = part or fragment == name and among(2) == 0 end
  return wrk.format("GET", routes[name](), part and { ["HX-Request"] = "true", ["Accept-Encoding"] = "gzip" }
    or { ["Accept-Encoding"] = "gzip" })
end

-- Exponential pauses, so that requests come as from many visitors who do not know of each other.
function delay()
  return math.floor(-1000 * connections / rate * math.log(1 - math.random()))
end

function done(summary, latency)
  io.write(string.format("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms, not 2xx: %d\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    latency:percentile(99.9) / 1000, latency.max / 1000, summary.errors.status))
end
