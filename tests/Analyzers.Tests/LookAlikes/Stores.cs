#nullable disable
using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;

namespace Dapper
{
    public static class SqlMapper
    {
        public static int Execute(this IDbConnection cnn, string sql, object param = null, IDbTransaction transaction = null) => 0;

        public static Task<int> ExecuteAsync(this IDbConnection cnn, string sql, object param = null, IDbTransaction transaction = null) => null;

        public static Task<T> ExecuteScalarAsync<T>(this IDbConnection cnn, string sql, object param = null, IDbTransaction transaction = null) => null;

        public static Task<T> QuerySingleAsync<T>(this IDbConnection cnn, string sql, object param = null, IDbTransaction transaction = null) => null;
    }
}

namespace Microsoft.EntityFrameworkCore.Infrastructure
{
    public class DatabaseFacade { }
}

namespace Microsoft.EntityFrameworkCore.ChangeTracking
{
    public class ChangeTracker
    {
        public void Clear() { }
    }
}

namespace Microsoft.EntityFrameworkCore
{
    using Microsoft.EntityFrameworkCore.Infrastructure;

    public static class RelationalDatabaseFacadeExtensions
    {
        public static Task<int> ExecuteSqlRawAsync(this DatabaseFacade databaseFacade, string sql, params object[] parameters) => null;

        public static int ExecuteSqlRaw(this DatabaseFacade databaseFacade, string sql, params object[] parameters) => 0;

        public static Task<int> ExecuteSqlInterpolatedAsync(
            this DatabaseFacade databaseFacade,
            FormattableString sql,
            CancellationToken cancellationToken = default
        ) => null;
    }

    public class DbUpdateException : Exception { }

    public class DbContext
    {
        public DatabaseFacade Database { get; } = new DatabaseFacade();

        public ChangeTracking.ChangeTracker ChangeTracker { get; } = new ChangeTracking.ChangeTracker();

        public int SaveChanges() => 0;

        public Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => null;
    }

    public abstract class DbSet<T> : IQueryable<T>
    {
        public Type ElementType => null;

        public Expression Expression => null;

        public IQueryProvider Provider => null;

        public IEnumerator<T> GetEnumerator() => null;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null;

        public void Add(T entity) { }
    }

    public static class EntityFrameworkQueryableExtensions
    {
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) =>
            null;

        public static Task<T> FirstOrDefaultAsync<T>(
            this IQueryable<T> source,
            Expression<Func<T, bool>> predicate,
            CancellationToken cancellationToken = default
        ) => null;
    }
}

namespace StackExchange.Redis
{
    public enum When
    {
        Always,
        NotExists,
    }

    public readonly struct RedisValue
    {
        public bool HasValue => false;

        public bool IsNull => true;

        public static implicit operator RedisValue(string value) => default;

        public static implicit operator RedisValue(int value) => default;
    }

    public interface IDatabaseAsync
    {
        Task<long> StringIncrementAsync(string key, long value = 1);

        Task<long> HashIncrementAsync(string key, RedisValue hashField, long value = 1);

        Task<long> ListLeftPushAsync(string key, RedisValue value);

        Task<long> ListRightPushAsync(string key, RedisValue value);

        Task<long> PublishAsync(string channel, RedisValue message);

        Task<bool> StringSetAsync(string key, RedisValue value, TimeSpan? expiry = null, When when = When.Always);

        Task<RedisValue> StringGetAsync(string key);

        Task<bool> KeyExistsAsync(string key);

        Task<bool> KeyDeleteAsync(string key);

        Task<bool> KeyExpireAsync(string key, TimeSpan? expiry);

        Task<bool> LockTakeAsync(string key, RedisValue value, TimeSpan expiry);

        Task<bool> LockReleaseAsync(string key, RedisValue value);

        Task<bool> SetAddAsync(string key, RedisValue value);

        Task<bool> SetContainsAsync(string key, RedisValue value);
    }

    public interface IDatabase : IDatabaseAsync
    {
        bool StringSet(string key, RedisValue value, TimeSpan? expiry = null, When when = When.Always);
    }

    public interface ISubscriber
    {
        Task<long> PublishAsync(string channel, RedisValue message);
    }
}

namespace MongoDB.Bson.Serialization.Attributes
{
    public sealed class BsonIdAttribute : Attribute { }
}

namespace MongoDB.Driver
{
    public interface IMongoCollection<TDocument>
    {
        Task InsertOneAsync(TDocument document, CancellationToken cancellationToken = default);

        Task InsertManyAsync(IEnumerable<TDocument> documents, CancellationToken cancellationToken = default);

        Task ReplaceOneAsync(object filter, TDocument replacement, CancellationToken cancellationToken = default);
    }
}

namespace Npgsql
{
    public class PostgresException : System.Data.Common.DbException
    {
        public override string SqlState => null;
    }
}

namespace Microsoft.Data.SqlClient
{
    public class SqlException : System.Data.Common.DbException
    {
        public int Number => 0;
    }

    public class SqlParameterCollection
    {
        public object AddWithValue(string parameterName, object value) => null;
    }

    public abstract class SqlCommand : System.Data.Common.DbCommand
    {
        public new SqlParameterCollection Parameters => null;
    }
}

namespace Microsoft.Data.Sqlite
{
    public class SqliteException : System.Data.Common.DbException
    {
        public int SqliteErrorCode => 0;
    }
}
