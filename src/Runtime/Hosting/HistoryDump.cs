using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime.Hosting;

/// <summary>Writes all of a run as text, to be compared byte for byte.</summary>
internal static class HistoryDump
{
    /// <summary>The text.</summary>
    public static string Write(EsmRun run, IEnumerable<SourceView> sources)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"seed {run.Seed}, {run.InvocationCount} invocations, ended at {TimelineWriter.Time(run.End, milliseconds: true)}\n"
        );
        text.Append(TimelineWriter.Write(run.Events));
        foreach (var invocation in run.Invocations)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{invocation.Function} #{invocation.Number} {invocation.AwsRequestId} in environment {invocation.ExecutionEnvironment}\n"
            );
            text.Append(CultureInfo.InvariantCulture, $"  < {invocation.RequestJson}\n");
            text.Append(CultureInfo.InvariantCulture, $"  > {invocation.Error?.ToJson() ?? invocation.ResponseJson}\n");
            text.Append(CultureInfo.InvariantCulture, $"  = {invocation.Outcome?.Reason}\n");
        }

        foreach (var source in sources)
        {
            text.Append(CultureInfo.InvariantCulture, $"{source.Kind} {source.Name}: {source.Ledger}\n");
            foreach (var entry in source.Ledger.Records)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  {entry.Record.Number} {entry.Record.Id} {entry.Fate.Words()} after {entry.ReceiveCount} receives\n"
                );
            }
        }

        return text.ToString();
    }
}
