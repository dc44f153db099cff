using System.Globalization;
using System.Text;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.S3;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace UsageReport.Flawed;

/// <summary>What a customer has used.</summary>
public sealed record Usage(string Customer, long Requests);

/// <summary>Knows what was used.</summary>
public interface IMeter
{
    /// <summary>What was used from one time on, and before another one.</summary>
    Task<IReadOnlyList<Usage>> ReadAsync(DateTime from, DateTime until);
}

/// <summary>Where reports are kept.</summary>
public interface IReports
{
    /// <summary>Writes a report.</summary>
    Task WriteAsync(string name, string report);
}

/// <summary>Reports every six hours what was used in them. Which six hours says the clock.</summary>
public sealed class UsageReportFunction(IMeter meter, IReports reports, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(6);

    /// <summary>Lambda makes the function with this one.</summary>
    public UsageReportFunction()
        : this(
            new HttpMeter(new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("METER")!) }),
            new S3Reports(new AmazonS3Client(), Environment.GetEnvironmentVariable("REPORTS_BUCKET")!),
            TimeProvider.System
        ) { }

    /// <summary>The handler of the template.</summary>
    public async Task HandleAsync(ScheduledEvent tick, ILambdaContext context)
    {
        var until = clock.GetUtcNow().UtcDateTime;
        var usages = await meter.ReadAsync(until - Period, until);
        var report = new StringBuilder("customer,requests\n");
        foreach (var usage in usages)
            report.Append(CultureInfo.InvariantCulture, $"{usage.Customer},{usage.Requests}\n");
        await reports.WriteAsync(until.ToString("yyyy-MM-dd'T'HH-mm", CultureInfo.InvariantCulture), report.ToString());
        context.Logger.LogInformation("{Customers} customers until {Until}", usages.Count, until);
    }
}
