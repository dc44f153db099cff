using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using MediatR;

namespace Labelled;

public sealed record Document(string Key, string Body);

public sealed class Invoice
{
    public Invoice(string body)
    {
        Number = Guid.NewGuid().ToString();
        Body = body;
    }

    public string Number { get; }

    public string Body { get; }
}

public sealed record PayOrder(string Body) : IRequest;

public sealed class PayOrderHandler : IRequestHandler<PayOrder>
{
    private readonly Payments payments = new(null!);

    public Task Handle(PayOrder request, CancellationToken cancellationToken) => payments.ChargeAsync(JsonSerializer.Deserialize<Order>(request.Body)!);
}

public abstract class Worker
{
    public async Task RunAsync(IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
            await DoAsync(body);
    }

    protected abstract Task DoAsync(string body);
}

public sealed class CountingWorker : Worker
{
    private readonly Stock stock = new(null!);

    protected override Task DoAsync(string body) => stock.CountAsync(body);
}

public interface INotifier
{
    Task NotifyAsync(string text);
}

public sealed class MailNotifier : INotifier
{
    private readonly Amazon.SimpleEmail.IAmazonSimpleEmailService mail = null!;

    public Task NotifyAsync(string text) => mail.SendEmailAsync(new Amazon.SimpleEmail.Model.SendEmailRequest { Source = text });
}

public sealed class ChatNotifier : INotifier
{
    public Task NotifyAsync(string text) => Task.CompletedTask;
}
