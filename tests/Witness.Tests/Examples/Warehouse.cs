namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>Where the examples ship orders: the effect that a witness compares with the ledger.</summary>
internal sealed class Warehouse
{
    private readonly List<string> shipped = [];
    private bool isDown = true;

    /// <summary>The order that can never be shipped; null for none.</summary>
    public string? Refuses { get; init; }

    /// <summary>The order during whose first shipping the warehouse does not answer; null for none.</summary>
    public string? MissesOnce { get; init; }

    /// <summary>The orders in the order in which they were shipped: <c>A C B</c>.</summary>
    public string Shipped => string.Join(' ', shipped);

    /// <summary>Ships an order.</summary>
    public void Ship(string order)
    {
        if (order == Refuses)
            throw new InvalidOperationException($"Nobody can ship {order}.");
        if (order == MissesOnce && isDown)
        {
            isDown = false;
            throw new TimeoutException("The warehouse does not answer.");
        }

        shipped.Add(order);
    }
}
