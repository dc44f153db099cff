using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>Rows of EF Core that are inserted under a key of the record's: the save of the second delivery is refused as a whole.</summary>
internal static class EntityClaims
{
    /// <summary>What a save is refused with.</summary>
    public const string UpdateException = "Microsoft.EntityFrameworkCore.DbUpdateException";

    /// <summary>The claim that an <c>Add</c> and the save after it are; null when the key is not the record's, or the save cannot be told.</summary>
    public static Claim? Of(ReachedEffect reached, EffectValues values)
    {
        if (!EntityInserts.IsUnderRecordKey(reached, values) || TypeOf(reached.Call) is not { } rejection)
            return null;
        IOperation point = reached.Call;
        for (var frame = reached.Frame; frame is not null; frame = frame.Caller)
        {
            if (frame.Root.Descendants().OfType<IInvocationOperation>().Where(call => IsSave(call) && IsAfter(call, point)).Take(2).ToList() is [var save, ..])
            {
                return new(new(reached.Effect with { Name = save.TargetMethod.Name }, save, frame), rejection)
                {
                    Expires = values.MemberNamesOf(reached.Call, reached.Frame).Any(ClaimFinder.SaysProgress),
                    RefusesOnlyDuplicates = true,
                    IsOfDatabase = true,
                };
            }

            if (frame.Call is not { } next)
                return null;
            point = next;
        }

        return null;
    }

    private static bool IsSave(IInvocationOperation call) =>
        call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync"
        && call.TargetMethod.ContainingType.IsOrDerivesFrom("Microsoft.EntityFrameworkCore.DbContext");

    private static bool IsAfter(IOperation save, IOperation add) =>
        save.Syntax.SyntaxTree == add.Syntax.SyntaxTree && save.Syntax.SpanStart > add.Syntax.SpanStart;

    private static INamedTypeSymbol? TypeOf(IOperation operation) =>
        operation.SemanticModel?.Compilation.GetTypesByMetadataName(UpdateException).FirstOrDefault();
}
