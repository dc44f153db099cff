using AtLeastOnce.Analyzers.Handlers;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>What the code leaves open of a batch that Powertools goes through is said by the function's environment, or by Powertools' defaults.</summary>
internal static class PowertoolsSettings
{
    private static readonly string[] Parallelism = ["POWERTOOLS_BATCH_PARALLEL_ENABLED", "POWERTOOLS_BATCH_MAX_DEGREE_OF_PARALLELISM"];
    private const string Policy = "POWERTOOLS_BATCH_ERROR_HANDLING_POLICY";

    /// <summary>How many records are surely worked on at once at the most; null for an unknown number.</summary>
    public static int? DegreeOf(PowertoolsBatch batch, Handler handler) =>
        !batch.SaysParallel && Parallelism.Any(name => IsSet(handler, name)) ? null : batch.Degree;

    /// <summary>Whether the next record is surely worked on after one has failed .</summary>
    public static bool GoesOn(PowertoolsBatch batch, Handler handler) =>
        (batch.SaysPolicy || !IsSet(handler, Policy))
        && batch.Policy switch
        {
            BatchPolicy.Continue => true,
            BatchPolicy.ByEvent => handler.IsStream || handler.ReadsFifo == false,
            _ => false,
        };

    private static bool IsSet(Handler handler, string name) => handler.Mappings.Any(link => link.Function?.Environment.ContainsKey(name) == true);
}
