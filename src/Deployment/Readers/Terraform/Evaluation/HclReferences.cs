using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Finds the references in expressions.</summary>
internal static class HclReferences
{
    /// <summary>Every reference in an expression.</summary>
    public static IEnumerable<HclReference> In(HclExpression expression) =>
        HclReference.Of(expression) is { } reference
            ? [reference, .. reference.Steps.Select(step => step.Index).OfType<HclExpression>().SelectMany(In)]
            : ChildrenOf(expression).SelectMany(In);

    private static IEnumerable<HclExpression> ChildrenOf(HclExpression expression) =>
        expression switch
        {
            HclTemplate template => template.Parts,
            HclTuple tuple => tuple.Items,
            HclObject made => made.Members.SelectMany(member => new[] { member.Key, member.Value }),
            HclParentheses parentheses => [parentheses.Inner],
            HclConditional conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
            HclUnary unary => [unary.Operand],
            HclBinary binary => [binary.Left, binary.Right],
            HclCall call => call.Arguments,
            HclSplat splat => [splat.Target],
            HclAccess access => [access.Target],
            HclIndex index => [index.Target, index.Index],
            HclFor each => new[] { each.Parts.Collection, each.Parts.ResultKey, each.Parts.Result, each.Parts.Filter }.OfType<HclExpression>(),
            _ => [],
        };
}
