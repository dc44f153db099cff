using System.Collections.Immutable;

namespace AtLeastOnce.Stubs.Tests.Api;

/// <summary>The public API of an assembly as text: a line a type, then an indented line a member (an enumeration has one line with all of them).</summary>
internal sealed class ApiListing
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>> _membersOfType;

    private ApiListing(ImmutableSortedDictionary<string, ImmutableArray<string>> membersOfType) => _membersOfType = membersOfType;

    internal static ApiListing Parse(string text)
    {
        var membersOfType = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var header = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).Where(line => line != ""))
        {
            if (!char.IsWhiteSpace(line[0]))
                membersOfType.Add(header = BasesInOrder(line), []);
            else
                membersOfType[header] = membersOfType[header].Add(line.Trim());
        }

        return new ApiListing(membersOfType.ToImmutable());
    }

    /// <summary>What <paramref name="actual"/> lacks and what it has too much, a line each; a type or member that differs is both. Order does not count.</summary>
    internal IEnumerable<string> Differences(ApiListing actual)
    {
        foreach (var (type, members) in _membersOfType)
        {
            if (!actual._membersOfType.TryGetValue(type, out var actualMembers))
            {
                yield return $"missing: {type}";
                continue;
            }

            foreach (var member in members.Except(actualMembers))
                yield return $"missing in {type}: {member}";
            foreach (var member in actualMembers.Except(members))
                yield return $"not in the real {type}: {member}";
        }

        foreach (var type in actual._membersOfType.Keys.Except(_membersOfType.Keys))
            yield return $"not in the real assembly: {type}";
    }

    // Reflection gives interfaces in no order that the language promises.
    private static string BasesInOrder(string header)
    {
        var colon = header.IndexOf(" : ", StringComparison.Ordinal);
        return colon < 0 ? header : header[..colon] + " : " + string.Join(", ", TopLevelParts(header[(colon + 3)..]).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> TopLevelParts(string list)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch
            {
                '<' => 1,
                '>' => -1,
                _ => 0,
            };
            if (list[i] == ',' && depth == 0)
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
        }

        yield return list[start..].Trim();
    }
}
