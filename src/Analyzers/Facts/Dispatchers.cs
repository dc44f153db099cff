using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Finds what a call runs that may mean several methods: the handlers that a mediator calls by the type of the message it is given, and what a receiver is set to.</summary>
internal sealed class Dispatchers(Compilation compilation, DerivedTypes derivedTypes, Receivers receivers)
{
    private static readonly string[] Contracts =
    [
        "MediatR.IRequestHandler`1",
        "MediatR.IRequestHandler`2",
        "MediatR.INotificationHandler`1",
        "Mediator.IRequestHandler`1",
        "Mediator.IRequestHandler`2",
        "Mediator.ICommandHandler`1",
        "Mediator.ICommandHandler`2",
        "Mediator.INotificationHandler`1",
        "AWS.Messaging.IMessageHandler`1",
    ];

    private static readonly string[] Verbs = ["Send", "SendAsync", "Publish", "PublishAsync", "Dispatch", "DispatchAsync", "ExecuteAsync", "HandleAsync"];

    /// <summary>The methods of the source that a call may run whose receiver may be of several classes, or that a mediator runs; none for any other call.</summary>
    public IEnumerable<IMethodSymbol> TargetsOf(IInvocationOperation invocation, CancellationToken cancellationToken) =>
        receivers.TargetsOf(invocation, cancellationToken).Concat(HandlersOf(invocation));

    /// <summary>The methods of the source that a mediator runs for the message it is given; none for any other call.</summary>
    public IEnumerable<IMethodSymbol> HandlersOf(IInvocationOperation invocation)
    {
        if (!Verbs.Contains(invocation.TargetMethod.Name))
            return [];
        var messages = invocation
            .Arguments.Select(argument => argument.Value.WithoutConversions().Type)
            .Where(type => type is { DeclaringSyntaxReferences.Length: > 0 })
            .ToList();
        return messages.Count == 0 ? [] : HandlersOf(messages);
    }

    private IEnumerable<IMethodSymbol> HandlersOf(List<ITypeSymbol?> messages)
    {
        foreach (var contract in Contracts.SelectMany(name => compilation.GetTypesByMetadataName(name)))
        {
            foreach (var type in derivedTypes.Of(contract))
            {
                foreach (var implemented in type.AllInterfaces)
                {
                    if (
                        !SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, contract)
                        || !messages.Exists(message => SymbolEqualityComparer.Default.Equals(message, implemented.TypeArguments[0]))
                    )
                    {
                        continue;
                    }

                    foreach (var member in implemented.GetMembers().OfType<IMethodSymbol>())
                    {
                        if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol { DeclaringSyntaxReferences.Length: > 0 } method)
                            yield return method.OriginalDefinition;
                    }
                }
            }
        }
    }
}
