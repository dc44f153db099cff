using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Asking settings what is certain.</summary>
internal static class SettingExtensions
{
    /// <summary>Whether the setting has a value that does not depend on anything unknown.</summary>
    public static bool IsDecided<T>(this Setting<T> setting) => setting.Values.Count > 0 && !setting.MayBeMissing;
}
