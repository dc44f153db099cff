namespace AtLeastOnce.Runtime;

/// <summary>How much of a run is kept.</summary>
public enum HistoryDetail
{
    /// <summary>Every event, with request and response.</summary>
    Full,

    /// <summary>Only where each record ended and how often it was delivered: for very large runs. <see cref="LambdaTestHostOptions.TimelineTo"/> can follow them.</summary>
    LedgerOnly,
}

/// <summary>The form of <c>md5OfMessageAttributes</c> of a message without attributes; the reason for the difference is unknown (E-2).</summary>
public enum MissingAttributesHash
{
    /// <summary>As recorded: left out with a batching window of 0, null with one of 1 s or more.</summary>
    ByBatchingWindow,

    /// <summary>Always left out.</summary>
    LeftOut,

    /// <summary>Always null.</summary>
    Null,
}

/// <summary>How a mapping with ReportBatchItemFailures takes a number, a bool or a text as response: not documented .</summary>
public enum ScalarResponseRule
{
    /// <summary>As success: all messages are deleted.</summary>
    Success,

    /// <summary>As a response that cannot be read: the whole batch fails.</summary>
    WholeBatchFailure,
}

/// <summary>The order in which a standard queue hands out messages. AWS promises none.</summary>
public enum ReceiveOrder
{
    /// <summary>In the order in which they became visible.</summary>
    AsSent,

    /// <summary>In an order drawn from the seed.</summary>
    Shuffled,
}

/// <summary>How fast the pollers of a standard queue's mapping grow in number, and how far (C-2).</summary>
public enum SqsScaling
{
    /// <summary>As since November 2023: 300 more concurrent invocations a minute, up to 1,250.</summary>
    Since2023,

    /// <summary>As from 2019 to 2023: 60 more a minute, up to 1,000.</summary>
    Since2019,
}

/// <summary>
/// How a <see cref="LambdaTestHost"/> behaves where the test, and not AWS, decides, and what is assumed where AWS documents nothing. The defaults are the
/// suggested readings.
/// </summary>
public sealed partial record LambdaTestHostOptions
{
    /// <summary>What every choice is drawn from: the same seed gives the same run. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The virtual time at which the host starts, 1970 or later. Default 2026-01-01T00:00:00Z.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How much of a run is kept. Default: everything.</summary>
    public HistoryDetail History { get; init; } = HistoryDetail.Full;

    /// <summary>
    /// Where the timeline is written as the run comes to it, a line each, whatever <see cref="History"/> keeps: with <see cref="HistoryDetail.LedgerOnly"/> a run of any length can be
    /// followed without being held in memory. It is flushed at the end of each run and not closed. Default: nowhere.
    /// </summary>
    public TextWriter? TimelineTo { get; init; }

    /// <summary>
    /// Is told each event as it happens, whatever <see cref="History"/> keeps, on the thread that drives the run or a handler's. It must neither throw nor call
    /// into the host. An <see cref="InvocationRecord"/> fills while its invocation runs. Default: nobody is told.
    /// </summary>
    public Action<EsmEvent>? OnEvent { get; init; }

    /// <summary>The AWS Region in ARNs and events. Default <c>us-east-1</c>.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account in ARNs. Default <c>123456789012</c>.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>Concurrent invocations of all functions together, as the account's quota limits them (C-13); 0 or more. Default 1,000.</summary>
    public int AccountConcurrency { get; init; } = 1000;

    /// <summary>What an invocation takes in virtual time if nothing else says so (no delay, no latency, no <c>Takes</c>); zero or more. Default 100 ms.</summary>
    public TimeSpan DefaultInvocationDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an invocation may do real work, in real time, before the run is given up; 1 ms or more. Default 30 s.</summary>
    public TimeSpan RealTimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long, in real time, a call of a wrapped object, or whatever runs under a deadline, may take before a virtual timer of the same invocation is let fire; zero or
    /// more. Default 200 ms.
    /// </summary>
    public TimeSpan RealTimeGrace { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Invocations of one run after which it is given up as endless; 1 or more. Default 1,000,000.</summary>
    public int InvocationLimit { get; init; } = 1_000_000;

    /// <summary>The order in which a standard queue hands out messages. Default: in the order in which they became visible.</summary>
    public ReceiveOrder ReceiveOrder { get; init; }

    /// <summary>Whether messages that a filter removed count towards the batch size: not documented (F-18). Default false.</summary>
    public bool FilteredMessagesUseBatchSlots { get; init; }

    /// <summary>
    /// Whether, when batching window + function timeout exceed the visibility timeout, the poller receives with window + function timeout + 30 s, as the guide of
    /// 2022 said (B-15). Default false.
    /// </summary>
    public bool UseEffectiveVisibilityTimeout { get; init; }

    /// <summary>
    /// Whether a batch that is not full when its window ends waits for the long poll of up to 20 s that is under way: the guide says the wait may be that long
    /// under low traffic (B-12). Default false.
    /// </summary>
    public bool LongPollHoldsBatch { get; init; }

    /// <summary>The form of <c>md5OfMessageAttributes</c> of a message without attributes (E-2). Default: by the batching window.</summary>
    public MissingAttributesHash MissingAttributesHash { get; init; }

    /// <summary>How a scalar response is taken. Default: as success.</summary>
    public ScalarResponseRule ScalarResponses { get; init; }

    /// <summary>The first wait before a poller tries a throttled invocation again; it doubles each time (S-7; the times are not documented); 1 ms or more. Default 1 s.</summary>
    public TimeSpan ThrottleRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a poller tries a throttled invocation again (S-7); not shorter than the first. Default 60 s.</summary>
    public TimeSpan MaximumThrottleRetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a mapping without ReportBatchItemFailures polls with fewer pollers after function errors (S-9; one less for each error). Default true.</summary>
    public bool BackOffAfterFunctionErrors { get; init; } = true;

    /// <summary>
    /// Whether a delete with the receipt handle of an earlier receive deletes a message that was received again meanwhile. SQS says it "might not". Default false.
    /// </summary>
    public bool StaleReceiptHandlesDelete { get; init; }

    /// <summary>How fast the pollers of a standard queue grow in number, and how far (C-2). Default: as since November 2023.</summary>
    public SqsScaling SqsScaling { get; init; }

    /// <summary>
    /// The concurrent invocations that a mapping of a standard queue without <c>MaximumConcurrency</c> is scaled in to after a minute of low traffic, 2 to 5: the guide says that it
    /// can be as few as 2 (C-3). Default 5, as many as at the start.
    /// </summary>
    public int LowTrafficConcurrency { get; init; } = 5;

    /// <summary>How many of a FIFO queue's oldest messages are looked through for groups that can be received (S-48); 1 or more. Default 120,000; it was 20,000.</summary>
    public int FifoLookAhead { get; init; } = 120_000;

    /// <summary>From how many message groups a batch of a FIFO queue takes messages at most: not documented (B-18); 1 or more. Default 10, so no limit.</summary>
    public int FifoGroupsPerBatch { get; init; } = 10;

    /// <summary>Whether the message group of a standard queue's message shows in the event: not recorded (S-51). Default true, as Lambda receives all attributes.</summary>
    public bool StandardQueuesShowMessageGroupId { get; init; } = true;

    /// <summary>Where every choice of the runs is recorded.</summary>
    internal List<Scheduling.Choice>? RecordedChoices { get; init; }

    /// <summary>Choices recorded before, which are made again instead of drawn.</summary>
    internal IReadOnlyList<Scheduling.Choice>? ReplayedChoices { get; init; }

    /// <summary>Throws if a value cannot be run with.</summary>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Region);
        ArgumentException.ThrowIfNullOrWhiteSpace(AccountId);
        NotLess(Start, DateTimeOffset.UnixEpoch, nameof(Start));
        NotLess(AccountConcurrency, 0, nameof(AccountConcurrency));
        NotLess(InvocationLimit, 1, nameof(InvocationLimit));
        NotLess(FifoLookAhead, 1, nameof(FifoLookAhead));
        NotLess(FifoGroupsPerBatch, 1, nameof(FifoGroupsPerBatch));
        NotLess(LowTrafficConcurrency, 2, nameof(LowTrafficConcurrency));
        if (LowTrafficConcurrency > 5)
            throw new ArgumentOutOfRangeException(
                nameof(LowTrafficConcurrency),
                LowTrafficConcurrency,
                "LambdaTestHostOptions.LowTrafficConcurrency is at most 5."
            );
        NotLess(DefaultInvocationDuration, TimeSpan.Zero, nameof(DefaultInvocationDuration));
        NotLess(RealTimeGrace, TimeSpan.Zero, nameof(RealTimeGrace));
        var least = TimeSpan.FromMilliseconds(1);
        NotLess(RealTimeLimit, least, nameof(RealTimeLimit));
        NotLess(ThrottleRetryDelay, least, nameof(ThrottleRetryDelay));
        NotLess(MaximumThrottleRetryDelay, ThrottleRetryDelay, nameof(MaximumThrottleRetryDelay));
        CheckAsynchronous();
        CheckStreams();
    }

    private static void NotLess<T>(T value, T least, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0)
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"LambdaTestHostOptions.{name} is at least {least}."));
    }
}
