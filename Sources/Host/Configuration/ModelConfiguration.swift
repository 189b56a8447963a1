public import Bitrix24

/// A language model that recipes may ask.
public struct ModelConfiguration: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case gemini, claude
        /// Any server that speaks like OpenAI's.
        case openai
    }

    public let kind: Kind
    /// Nil for a server that asks for none.
    public let key: Secret?
    public let model: String
    /// Nil for the provider's own.
    public let url: String?
}
