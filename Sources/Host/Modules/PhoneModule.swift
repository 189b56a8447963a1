import Bridge

/// `phone.e164`
enum PhoneModule {
    static let functions = [e164]

    private static let e164 = HostFunction(
        "phone.e164", "A phone number in its international form.",
        parameters: [
            Parameter("number", .any, "as a person wrote it; nil gives nil"),
            Parameter("region", .string, optional: true, "country of a number written without one; US when left out"),
        ],
        results: [ResultDoc("number", .string, "such as +12025550143, or nil when it is no phone number")],
        example: "local number = phone.e164(\"(202) 555-0143\", \"US\")",
        immediate: { (_, call) throws(LuaFailure) in
            guard !call.isAbsent(1) else { return try call.pushNil() }
            let region = call.isAbsent(2) ? "US" : try call.string(2)
            if let number = PhoneNumber.e164(try call.string(1), region: region) {
                try call.push(number)
            } else {
                try call.pushNil()
            }
        })
}
