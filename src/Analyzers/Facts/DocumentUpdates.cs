using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Updates of documents in MongoDB: those that count or append do so at every delivery, unless the filter refuses a document that has seen the record.</summary>
internal static class DocumentUpdates
{
    private static readonly AccessPath Update = AccessPath.Parse("update");
    private static readonly AccessPath Filter = AccessPath.Parse("filter");
    private static readonly (string Method, string Operator)[] Relative = [("Inc", "$inc"), ("Mul", "$mul"), ("Push", "$push"), ("PushEach", "$push")];

    /// <summary>Judges an update.</summary>
    public static Repetition Judge(ReachedEffect reached, EffectValues values)
    {
        if (values.PartsOf(reached.Call, reached.Frame, Filter).Any(IsExclusion))
            return Repetition.Harmless;
        foreach (var part in values.PartsOf(reached.Call, reached.Frame, Update))
        {
            foreach (var (method, name) in Relative)
            {
                var isRelative =
                    part.Operation is IInvocationOperation call && call.TargetMethod.Name == method
                    || part.Operation.ConstantValue is { HasValue: true, Value: string text } && text.Contains(name);
                if (isRelative)
                    return new(RepetitionKind.Repeats, $"{reached.Effect.Name} with {name}", reached.Effect.Again);
            }
        }

        return Repetition.Harmless;
    }

    // Builders.Filter.Ne(x => x.LastMessage, id), x => !x.Seen.Contains(id)
    private static bool IsExclusion(Located part) =>
        part.Operation switch
        {
            IInvocationOperation call => call.TargetMethod.Name is "Ne" or "Nin" or "Not" or "AnyNe" or "AnyNin",
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } => true,
            { ConstantValue: { HasValue: true, Value: string text } } => text.Contains("$ne") || text.Contains("$nin"),
            _ => false,
        };
}
