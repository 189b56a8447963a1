/// A recipe to be served, with what its operator decides for it.
public struct RecipeConfiguration: Sendable {
    /// The key it stands under, else the name of its folder or file.
    public let name: String
    public let recipe: RecipeFolder
    /// The name of the portal it works on; nil where there is none.
    public let portal: String?
    public let settings: [GivenSetting]
    /// The bounds of its runs.
    public let limits: RunLimits
}
