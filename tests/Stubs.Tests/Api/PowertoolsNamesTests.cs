using System.Reflection;
using System.Text.RegularExpressions;

namespace AtLeastOnce.Stubs.Tests.Api;

/// <summary>
/// The listing of Powertools is prose of one reader, so types and signatures cannot be compared: what is held is that every name in it exists in the stubs,
/// or in what they are built on.
/// </summary>
public partial class PowertoolsNamesTests
{
    private static readonly Assembly[] Stubs = [Assembly.Load("AWS.Lambda.Powertools.BatchProcessing"), Assembly.Load("AWS.Lambda.Powertools.Idempotency")];

    [Fact]
    public void Every_name_of_the_listing_exists()
    {
        Assert.SkipUnless(SharedListings.AreHere, SharedListings.WhyAbsent);

        Assert.Equal("", string.Join(", ", NamesIn(SharedListings.Read("Powertools")).Except(DeclaredNames())));
    }

    [Fact]
    public void A_name_that_does_not_exist_is_found() =>
        Assert.Equal(
            ["ProcessAllAsync"],
            NamesIn("class SqsBatchProcessor\n  Task ProcessAllAsync(SQSEvent event)  (the whole Batch)").Except(DeclaredNames())
        );

    // Comments and remarks between parentheses are prose; a parenthesis that follows a name is a parameter list.
    private static IEnumerable<string> NamesIn(string listing)
    {
        var declarations = listing.Split('\n').Where(line => !line.StartsWith('#')).Select(line => Remark().Replace(line, ""));
        return declarations.SelectMany(line => Name().Matches(line)).Select(match => match.Value).Distinct();
    }

    private static HashSet<string> DeclaredNames()
    {
        var types = Stubs.SelectMany(stub => stub.GetExportedTypes()).ToArray();
        var members = types.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)).ToArray();
        var referenced = members.SelectMany(ReferencedTypes).Concat(types.SelectMany(type => type.GetGenericArguments())).Append(typeof(Attribute));
        return
        [
            .. types.Concat(referenced).SelectMany(NamesOf),
            .. members.Select(member => member.Name),
            .. types.SelectMany(type => type.Namespace!.Split('.')),
        ];
    }

    private static IEnumerable<Type> ReferencedTypes(MemberInfo member) =>
        member switch
        {
            PropertyInfo property => [property.PropertyType],
            MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
            _ => [],
        };

    private static IEnumerable<string> NamesOf(Type type)
    {
        var own = type.Name.Split('`')[0];
        var outer = type.DeclaringType is { } declaring ? NamesOf(declaring) : [];
        var arguments = type.IsGenericType && !type.IsGenericTypeDefinition ? type.GetGenericArguments().SelectMany(NamesOf) : [];
        return [own, .. outer, .. arguments, .. type.GetInterfaces().Where(contract => contract.IsGenericType).Select(contract => contract.Name.Split('`')[0])];
    }

    [GeneratedRegex(@"(?<=\s)\([^)]*\)")]
    private static partial Regex Remark();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Name();
}
