-- What wrk posts to an event whose reply it waits for.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer benchmark-key"

local record = 0

function request()
    record = record + 1
    return wrk.format(nil, nil, nil, '{"id":' .. record .. "}")
end
