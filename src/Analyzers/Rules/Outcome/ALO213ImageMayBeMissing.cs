using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A handler of a DynamoDB stream that reads an image which a record may lack (E-20, E-22, G-98): a deletion has no new image, an insertion no old one, and a stream's
/// view type may leave both out. Silent where the handler asks for the event or the image at all, and where the mapping filters.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether a deletion is skipped, or work of its own, is a decision about the work.")]
public sealed class ALO213ImageMayBeMissing : BatchFlowRule
{
    internal const string Id = "ALO213";

    private const string Title = "An image is read that the record may not have";

    private const string Description =
        "A record of a DynamoDB stream has a new image only where the item is there afterwards, and an old one only where it was there before; a deletion by time to live is a REMOVE like any other. The stream's view type may leave either out. In the record the missing image is null.";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' reads {1} without looking at EventName, but {2} has none: its record fails at every attempt{3}. Look at EventName first.{4}",
        Description
    );

    private static readonly DiagnosticDescriptor NeverThere = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' reads {1}, but the stream of table '{2}' has {3} {4}, whose records never hold it: every record fails{5}. Set {3} to NEW_AND_OLD_IMAGES.{6}",
        Description
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, NeverThere);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Source == EventSourceKind.DynamoDb;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        // Where the failure is swallowed, that is the finding; one that is handed to other code, which may drop it, is one of its own.
        if (flow.Images is not { AsksForImage: false } images || SwallowedFailures.In(handler, flow).Any(failure => !failure.IsLastResort))
            return;
        var consequence = flow.Failures.Any(failure => failure.Fate is FailureFate.Escapes or FailureFate.Reported)
            ? ", and its shard waits until the record is given up or expires"
            : "";
        var reported = new HashSet<string>();
        foreach (var read in images.Reads)
        {
            if (reported.Contains(read.Image) || read.Scope.PlaceIn(handler.Anchor.SourceTree, read.Operation.Syntax) is not { } place)
                continue;
            if (ViewWithout(read.Image, handler) is var (table, name, view))
            {
                reported.Add(read.Image);
                report(
                    Diagnostic.Create(
                        NeverThere,
                        place.GetLocation(),
                        Findings.About(handler),
                        handler.Name,
                        read.Image,
                        table,
                        name,
                        view,
                        consequence,
                        Wording.Path(handler, read.Scope.Path)
                    )
                );
            }
            else if (!images.AsksForEvent && !MayFilter(handler))
            {
                reported.Add(read.Image);
                report(
                    Diagnostic.Create(
                        Descriptor,
                        place.GetLocation(),
                        Findings.About(handler),
                        handler.Name,
                        read.Image,
                        read.Image == "NewImage" ? "a deletion (REMOVE, also by time to live)" : "a new item (INSERT)",
                        consequence,
                        Wording.Path(handler, read.Scope.Path)
                    )
                );
            }
        }
    }

    // Filters pick events by their name more often than by anything else.
    private static bool MayFilter(Handler handler) => handler.HasUnreadMappings || handler.Mappings.Any(link => !link.Mapping.Filters.IsMissing);

    private static (string Table, string Name, string View)? ViewWithout(string image, Handler handler)
    {
        (string Table, string Name, string View)? found = null;
        foreach (var link in handler.Mappings)
        {
            var other = image == "NewImage" ? "OLD_IMAGE" : "NEW_IMAGE";
            if (link.Template.TableOf(link.Mapping) is not { } table || !table.StreamViewType.All(view => view == "KEYS_ONLY" || view == other))
                return null;
            found ??= (table.LogicalId, link.Words.Name("StreamSpecification.StreamViewType"), table.StreamViewType.Values[0].Value);
        }

        return found;
    }
}
