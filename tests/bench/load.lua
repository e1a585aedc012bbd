-- One request in ten submits a report that was never sent before; the others read. Arguments: key, path of the payload.
local threads = {}
function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(args)
  key, count, failed = args[1], 0, 0
  local file = io.open(args[2], "rb")
  payload = file:read("*a")
  file:close()
  headers = {["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json"}
end

local function report(n)
  local year = 2001 + n % 20
  local unit = id * 1000 + math.floor(n / 20) % 1000
  return (payload:gsub("phường Phúc Lợi", "phường số " .. unit):gsub("2020", tostring(year)))
end

function request()
  count = count + 1
  if count % 10 == 0 then
    return wrk.format("POST", "/api/v1/reports?by=Hoa", headers, report(count / 10))
  elseif count % 2 == 0 then
    return wrk.format("GET", "/api/v1/kinds", headers)
  end
  return wrk.format("GET", "/api/v1/reports?period=2020S1", headers)
end

statuses = {}
function response(status)
  statuses[tostring(status)] = (statuses[tostring(status)] or 0) + 1
  told = ""
  for name, times in pairs(statuses) do told = told .. name .. ": " .. times .. "  " end
end

function done(summary, latency)
  for number, thread in ipairs(threads) do print("thread " .. number .. "  " .. thread:get("told")) end
  local e = summary.errors
  print("errors  " .. e.connect + e.read + e.write + e.timeout .. "   answers of 400 and more  " .. e.status)
  for _, p in pairs({50, 75, 90, 99, 99.99}) do
    print(string.format("%d %%  %.3f s", p, latency:percentile(p) / 1e6))
  end
end
