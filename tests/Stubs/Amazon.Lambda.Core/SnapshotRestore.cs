namespace Amazon.Lambda.Core;

/// <summary>Hooks around SnapStart's snapshot. Outside Lambda no snapshot is ever taken, so they never run.</summary>
public static class SnapshotRestore
{
    public static void RegisterBeforeSnapshot(Func<ValueTask> beforeSnapshotAction) => ArgumentNullException.ThrowIfNull(beforeSnapshotAction);

    public static void RegisterAfterRestore(Func<ValueTask> afterRestoreAction) => ArgumentNullException.ThrowIfNull(afterRestoreAction);
}
