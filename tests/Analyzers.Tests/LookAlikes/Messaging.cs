#nullable disable
using System;
using System.Threading;
using System.Threading.Tasks;

namespace RabbitMQ.Client
{
    public interface IModel
    {
        void BasicPublish(string exchange, string routingKey, object basicProperties, byte[] body);
    }

    public interface IChannel
    {
        Task BasicPublishAsync(string exchange, string routingKey, byte[] body, CancellationToken cancellationToken = default);
    }
}

namespace Confluent.Kafka
{
    public class Message<TKey, TValue>
    {
        public TKey Key { get; set; }

        public TValue Value { get; set; }
    }

    public interface IProducer<TKey, TValue>
    {
        Task<object> ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default);
    }
}

namespace MassTransit
{
    public interface IPublishEndpoint
    {
        Task Publish<T>(T message, CancellationToken cancellationToken = default);
    }
}

namespace MailKit
{
    public interface IMailTransport
    {
        Task<string> SendAsync(object message, CancellationToken cancellationToken = default);
    }
}

namespace MailKit.Net.Smtp
{
    public class SmtpClient : IMailTransport
    {
        public Task<string> SendAsync(object message, CancellationToken cancellationToken = default) => null;
    }
}

namespace SendGrid
{
    public interface ISendGridClient
    {
        Task<object> SendEmailAsync(object msg, CancellationToken cancellationToken = default);
    }
}

namespace MediatR
{
    public interface IRequest { }

    public interface INotification { }

    public interface IRequestHandler<TRequest>
    {
        Task Handle(TRequest request, CancellationToken cancellationToken);
    }

    public interface INotificationHandler<TNotification>
    {
        Task Handle(TNotification notification, CancellationToken cancellationToken);
    }

    public interface IMediator
    {
        Task Send<TRequest>(TRequest request, CancellationToken cancellationToken = default);

        Task Publish<TNotification>(TNotification notification, CancellationToken cancellationToken = default);
    }
}

namespace AWS.Lambda.Powertools.Idempotency
{
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class IdempotentAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class IdempotencyKeyAttribute : Attribute { }

    public sealed class Idempotency
    {
        public static void Configure(Action<object> configurationAction) { }

        public static void RegisterLambdaContext(object context) { }
    }
}
