-- What wrk posts: events of 600 bytes, each of another record, as a portal sends them.
local head = "event=ONCRMDEALUPDATE&event_handler_id=17&data%5BFIELDS%5D%5BID%5D="
local tail = "&ts=1766047124&auth%5Baccess_token%5D=" .. ("a7"):rep(30) .. "&auth%5Bexpires%5D=1766050724"
    .. "&auth%5Bexpires_in%5D=3600&auth%5Bscope%5D=crm%2Cim%2Ctask%2Cuser&auth%5Bdomain%5D=acme.bitrix24.com"
    .. "&auth%5Bserver_endpoint%5D=https%3A%2F%2Foauth.bitrix.info%2Frest%2F&auth%5Bstatus%5D=L"
    .. "&auth%5Bclient_endpoint%5D=https%3A%2F%2Facme.bitrix24.com%2Frest%2F&auth%5Bmember_id%5D=" .. ("b3"):rep(16)
    .. "&auth%5Buser_id%5D=1&auth%5Bapplication_token%5D=" .. ("c5"):rep(16)
local bytes = 600

-- Threads of wrk have a Lua state each; the first record of each run is the clock's, so that no run repeats another.
local record = os.time() % 100000 * 1000000
local filler = bytes - #head - #tail - #tostring(record) - #"&x="
local rest = tail .. "&x=" .. ("d"):rep(math.max(filler, 0))

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"

function request()
    record = record + 1
    return wrk.format(nil, nil, nil, head .. record .. rest)
end
