namespace Amazon.Lambda.CloudWatchEvents.ScheduledEvents;

/// <summary>Detail, as an event of a schedule carries it.</summary>
public class Detail;

/// <summary>The event that a schedule sends.</summary>
public class ScheduledEvent : CloudWatchEvent<Detail>;
