import Bitrix24
import Synchronization

/// What this process has learnt about the list methods of one portal. Shared by all runs.
final class PagingProfiles: Sendable {
    /// More methods than a portal has.
    static let countMax = 4096

    private let profiles = Mutex<[String: PagingProfile]>([:])

    subscript(method: String) -> PagingProfile {
        profiles.withLock { $0[method.lowercased()] ?? PagingProfile() }
    }

    /// Keeps what a listing learnt beside what others did.
    func learn(_ profile: PagingProfile, of method: String) {
        profiles.withLock { profiles in
            let key = method.lowercased()
            guard profiles[key] != nil || profiles.count < Self.countMax else { return }
            profiles[key] = profiles[key]?.merging(profile) ?? profile
        }
    }
}
