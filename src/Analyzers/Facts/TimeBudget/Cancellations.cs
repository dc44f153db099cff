using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>What a call's cancellation token says about how long it may take.</summary>
internal enum TokenKind
{
    /// <summary>No token is passed.</summary>
    None,

    /// <summary>A token that cancels itself, made where the code that is looked at runs.</summary>
    Limited,

    /// <summary>A token that cancels itself, and that all records share: what is left of its time is not known.</summary>
    Outer,

    /// <summary>A token that comes from elsewhere.</summary>
    Unknown,
}

/// <summary>
/// The tokens that cancel themselves: <c>new CancellationTokenSource(delay)</c> and <c>CancelAfter</c>. A source counts from where it is made, so that all calls that share it
/// share its time.
/// </summary>
internal sealed class Cancellations(Quantities quantities)
{
    private const string Source = "System.Threading.CancellationTokenSource";
    private const string Token = "System.Threading.CancellationToken";

    private readonly HashSet<IParameterSymbol> without = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, (SharedLimit Limit, bool IsOfRecord)> open = new(SymbolEqualityComparer.Default);

    /// <summary>Whether what runs now runs once a record.</summary>
    public bool IsInRecord { get; set; }

    /// <summary>Notes a source that is made here; called when its declaration is come by, in every turn of a loop.</summary>
    public void Declare(IVariableDeclaratorOperation declarator, Frame frame)
    {
        if (!declarator.Symbol.Type.Is(Source))
            return;
        open.Remove(declarator.Symbol);
        var made = (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value.WithoutConversions();
        var limit = made switch
        {
            IObjectCreationOperation { Arguments: [var delay, ..] } creation => LimitOf(delay.Value, frame, creation.Syntax),
            IInvocationOperation { TargetMethod.Name: "CreateCancellationTokenSource" } creation => creation
                .Arguments.Where(argument => argument.Value.Type.Is("System.TimeSpan"))
                .Select(argument => LimitOf(argument.Value, frame, creation.Syntax))
                .FirstOrDefault(),
            _ => null,
        };
        if (limit is not null)
            open[declarator.Symbol] = (new(limit), IsInRecord);
    }

    /// <summary>Notes what <c>CancelAfter</c> says about a source; called when the call is come by.</summary>
    public void CancelAfter(IInvocationOperation call, Frame frame)
    {
        if (
            call is { TargetMethod.Name: "CancelAfter", Instance: ILocalReferenceOperation local, Arguments: [var delay] }
            && call.TargetMethod.ContainingType.Is(Source)
            && LimitOf(delay.Value, frame, call.Syntax) is { } limit
        )
            open[local.Local] = (new(limit), IsInRecord);
    }

    /// <summary>Notes a parameter that is given no token.</summary>
    public void Without(IParameterSymbol parameter) => without.Add(parameter.OriginalDefinition);

    /// <summary>The time that the token of a call gives it.</summary>
    public (TokenKind Kind, SharedLimit? Limit) Of(IInvocationOperation call, Frame frame)
    {
        foreach (var argument in call.Arguments)
        {
            if (
                argument.ArgumentKind != ArgumentKind.DefaultValue
                && argument.Value.Type.Is(Token)
                && Of(argument.Value, frame) is { Kind: not TokenKind.None } found
            )
                return found;
        }

        return (TokenKind.None, null);
    }

    /// <summary>The time that a token gives what it is passed to; null for no token.</summary>
    public (TokenKind Kind, SharedLimit? Limit) Of(IOperation? token, Frame frame)
    {
        for (var depth = 0; depth <= 12 && token is not null; depth++)
        {
            token = token.WithoutConversions();
            switch (token)
            {
                case IDefaultValueOperation or IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } }:
                case { ConstantValue: { HasValue: true, Value: null } }:
                case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } }:
                case IParameterReferenceOperation { Parameter: var parameter } when without.Contains(parameter.OriginalDefinition):
                    return (TokenKind.None, null);
                case IPropertyReferenceOperation { Property.Name: "Token", Instance: ILocalReferenceOperation source }:
                    return !open.TryGetValue(source.Local, out var limit) ? (TokenKind.Unknown, null)
                        : limit.IsOfRecord == IsInRecord ? (TokenKind.Limited, limit.Limit)
                        : (TokenKind.Outer, limit.Limit);
            }

            if (quantities.Resolve(token, frame) is not { } definition)
                return (TokenKind.Unknown, null);
            (token, frame) = (definition.Operation, definition.Frame);
        }

        return (token is null ? TokenKind.None : TokenKind.Unknown, null);
    }

    private TimeLimit? LimitOf(IOperation delay, Frame frame, SyntaxNode place)
    {
        var duration =
            delay.Type.Is("System.TimeSpan") ? quantities.Duration(delay, frame)
            : quantities.Number(delay, frame) is >= 0 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
        return duration is { } limit && limit != TimeSpan.MaxValue ? new(limit, LimitSource.Explicit, "CancellationTokenSource", place) : null;
    }
}
