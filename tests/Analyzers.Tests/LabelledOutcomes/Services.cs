using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace Microsoft.Extensions.Logging
{
    public interface ILogger { }

    public interface ILogger<T> : ILogger { }

    public static class LoggerExtensions
    {
        public static void LogInformation(this ILogger logger, string message, params object?[] args) { }

        public static void LogWarning(this ILogger logger, string message, params object?[] args) { }

        public static void LogError(this ILogger logger, Exception? exception, string message, params object?[] args) { }

        public static void LogError(this ILogger logger, string message, params object?[] args) { }
    }
}

namespace Labelled
{
    using Microsoft.Extensions.Logging;

    public sealed record Order(string Id, string CustomerId, int Quantity, decimal Amount);

    public class OrderAlreadyPlacedException : Exception { }

    public interface IOrderService
    {
        Task ProcessAsync(Order order, CancellationToken cancellationToken = default);

        Task ProcessAsync(string body);

        Task<bool> TryProcessAsync(string body);

        Task<Order?> FindAsync(string id);

        void Process(string body);
    }

    public interface IOrderGateway
    {
        Task SendAsync(Order order, CancellationToken cancellationToken);

        Task<Order?> LoadAsync(string id);
    }

    public sealed class OrderService : IOrderService
    {
        private readonly IOrderGateway gateway;

        public OrderService(IOrderGateway gateway) => this.gateway = gateway;

        public Task ProcessAsync(Order order, CancellationToken cancellationToken = default) => gateway.SendAsync(order, cancellationToken);

        public async Task ProcessAsync(string body) => await ProcessAsync(JsonSerializer.Deserialize<Order>(body)!);

        public async Task<bool> TryProcessAsync(string body)
        {
            try
            {
                await ProcessAsync(body);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        public Task<Order?> FindAsync(string id) => gateway.LoadAsync(id);

        public void Process(string body) => ProcessAsync(body).GetAwaiter().GetResult();
    }

    public interface IErrorQueue
    {
        Task ParkAsync(SQSEvent.SQSMessage message, Exception why);
    }

    public interface IMetrics
    {
        void Count(string name);
    }

    public readonly record struct Outcome(string MessageId, bool Succeeded, string? Error);

    /// <summary>What most of the functions have.</summary>
    public abstract class Function
    {
        protected readonly IOrderService orders = null!;
        protected readonly IErrorQueue errors = null!;
        protected readonly ILogger<Function> logger = null!;

        protected static Order Parse(string body) => JsonSerializer.Deserialize<Order>(body)!;

        protected static SQSBatchResponse.BatchItemFailure Failed(SQSEvent.SQSMessage message) => new() { ItemIdentifier = message.MessageId };
    }
}
