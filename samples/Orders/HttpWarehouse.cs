using System.Net.Http.Json;

namespace Orders;

/// <summary>The warehouse behind its HTTP interface; an order's id names its shipment, so that a repeated PUT changes nothing.</summary>
public sealed class HttpWarehouse(HttpClient http) : IWarehouse
{
    /// <inheritdoc/>
    public async Task ShipAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var response = await http.PutAsJsonAsync($"shipments/{Uri.EscapeDataString(order.Id)}", order);
        response.EnsureSuccessStatusCode();
    }
}
