-- What wrk asks for, and what it tells of it. The arguments are those that wrk.ts gives.

local requests = 0
local before, after
local first, count, herd

function init(args)
  local path, rest = args[1], tonumber(args[5])
  first, count, herd = tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  local lines = { " HTTP/1.1", "Host: " .. wrk.host .. ":" .. wrk.port }
  for i = 6, #args, 2 do
    lines[#lines + 1] = args[i] .. ": " .. args[i + 1]
  end
  lines[#lines + 1] = "X-TRANSACTION-ID: bench-"
  local rest_of_request = table.concat(lines, "\r\n")
  local from, to = path:find("{session}", 1, true)
  if from then
    before = "GET " .. path:sub(1, from - 1)
    after = path:sub(to + 1) .. rest_of_request
  else
    before = "GET " .. path .. rest_of_request
  end
  if rest > 0 then
    math.randomseed(1)
    -- wrk looks for this function, and asks it before every request
    delay = function() return math.floor(-math.log(1 - math.random()) * rest + 0.5) end
  end
end

local function session()
  if herd == 1 then return first + requests % count end
  if requests % 10 == 0 then return first + (requests * 7919) % count end
  return first + math.floor(requests / herd) % count
end

function request()
  requests = requests + 1
  if not after then return before .. requests .. "\r\n\r\n" end
  return before .. session() .. after .. requests .. "\r\n\r\n"
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"answered":%d,"seconds":%f,"bytes":%.0f,"refused":%d,"broken":%d,"p50":%f,"p99":%f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000
  ))
end
