-- For haproxy.cfg and apache.conf: asks a capture, and puts its answer into the headers of the request.
-- Where there is no answer in time, the request goes on without them; after a refusal, Huginn-Status says so.

local SOCKET = "/run/huginn/ask"
local SECONDS = 0.4
-- No cookies: only what is compared, and signatures of robots.
local COMPARED = { "User-Agent", "Sec-CH-UA", "Sec-CH-UA-Platform", "Signature", "Signature-Input", "Signature-Agent" }

-- `client` and `server` are addresses and ports of the connection itself; `values` gives all values of a header.
-- `target` is the path and the query.
local function question(client, server, transport, method, target, values)
    local ends = "client=" .. client .. "&server=" .. server .. "&transport=" .. transport
    local lines = { "GET /connection?" .. ends .. "&wait=200 HTTP/1.1", "Host: localhost", "Connection: close" }
    lines[#lines + 1] = "X-Forwarded-Method: " .. method
    lines[#lines + 1] = "X-Forwarded-Uri: " .. target
    for _, value in pairs(values("Host")) do
        lines[#lines + 1] = "X-Forwarded-Host: " .. value
    end
    for _, name in ipairs(COMPARED) do
        for _, value in pairs(values(name)) do
            lines[#lines + 1] = name .. ": " .. value
        end
    end
    return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

-- The headers of the answer; none unless it is whole.
local function answer(socket, path, text)
    if not socket:connect(path) or not socket:send(text) then
        return {}
    end
    local found, line = {}, socket:receive("*l")
    if not line or not line:find("^HTTP/1%.1 %d%d%d ") then
        return {}
    end
    repeat
        line = socket:receive("*l")
        if not line then
            return {}
        end
        local name, value = line:match("^(Huginn%-[%w-]+): (.*)")
        if name then
            found[name] = value
        end
    until line == ""
    return found
end

if core then -- HAProxy
    core.register_action("huginn", { "http-req" }, function(txn)
        local client = txn.sf:src() .. ":" .. txn.sf:src_port()
        local server = txn.sf:dst() .. ":" .. txn.sf:dst_port()
        local transport = tonumber(txn.f:fc_http_major()) == 3 and "quic" or "tcp"
        local headers = txn.http:req_get_headers()
        local text = question(client, server, transport, txn.f:method(), txn.f:pathq(), function(name) return headers[name:lower()] or {} end)
        local socket = core.tcp()
        socket:settimeout(SECONDS)
        for name, value in pairs(answer(socket, "unix@" .. SOCKET, text)) do
            txn.http:req_set_header(name, value)
        end
        socket:close()
    end)
end

function huginn(r) -- Apache
    -- Nothing that a client writes gets through, nor can it have these headers left out.
    for name in pairs(r:headers_in_table()) do
        if name:lower():find("^huginn[-_]") then
            r.headers_in[name] = nil
        end
    end
    if (r.headers_in["Connection"] or ""):lower():find("huginn", 1, true) then
        r.headers_in["Connection"] = nil
    end
    local ends = r.subprocess_env
    local text = question(ends["HUGINN_CLIENT"], ends["HUGINN_SERVER"], "tcp", r.method, r.unparsed_uri, function(name) return { r.headers_in[name] } end)
    local socket = require("socket.unix")()
    socket:settimeout(SECONDS, "t")
    for name, value in pairs(answer(socket, SOCKET, text)) do
        r.headers_in[name] = value
    end
    socket:close()
    return apache2.DECLINED
end
