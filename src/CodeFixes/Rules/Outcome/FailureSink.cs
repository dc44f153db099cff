using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Where failures are put, and how an entry is made.</summary>
/// <param name="List">An expression for the response's list.</param>
/// <param name="ItemType">The type of an entry, as written here.</param>
/// <param name="Identifier">The entry's property that names the record.</param>
/// <param name="Identity">What it names the record by.</param>
internal sealed record FailureSink(string List, string ItemType, string Identifier, RecordIdentity Identity)
{
    /// <summary>Puts failures of a response's own entry type into a list; null when entries cannot be made from outside.</summary>
    public static FailureSink? Into(string list, INamedTypeSymbol itemType, TypeNames names, RecordIdentity identity)
    {
        if (ResponseShape.IdentifierOf(itemType) is not { SetMethod.DeclaredAccessibility: Accessibility.Public } identifier)
            return null;
        var canBeMade =
            itemType.IsValueType
            || itemType.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public);
        return canBeMade ? new(list, names.Of(itemType), identifier.Name, identity) : null;
    }

    /// <summary>An entry for a record.</summary>
    public string Entry(string record) => $"new {ItemType} {{ {Identifier} = {Identity.Of(record)} }}";

    /// <summary>The statement that reports one record.</summary>
    public string Report(string message) => $"{List}.Add({Entry(message)});";

    /// <summary>The statement that reports several.</summary>
    public string ReportAll(string messages) => $"{List}.AddRange({messages}.Select(remaining => {Entry("remaining")}));";
}
