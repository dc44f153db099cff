using AtLeastOnce.Analyzers.Effects;

namespace AtLeastOnce.Analyzers.Tests.Effects;

public sealed class SqlStatementTests
{
    [Theory]
    [InlineData("INSERT INTO orders (id) VALUES (@id)", nameof(SqlEffect.Inserts), "INSERT INTO orders")]
    [InlineData("insert\ninto  [dbo].[orders] values (1)", nameof(SqlEffect.Inserts), "INSERT INTO [dbo].[orders]")]
    [InlineData("INSERT INTO orders SELECT * FROM cart", nameof(SqlEffect.Inserts), "INSERT INTO orders")]
    [InlineData("UPDATE stock SET q = q - @n WHERE id = @id", nameof(SqlEffect.Increments), "UPDATE stock SET q = q - …")]
    [InlineData("UPDATE stock SET x = 1, q = COALESCE(q, 0) + 1", nameof(SqlEffect.Increments), "UPDATE stock SET q = COALESCE(q, 0) + …")]
    [InlineData("UPDATE t SET name = name || 'x'", nameof(SqlEffect.Increments), "UPDATE t SET name = name || …")]
    [InlineData("INSERT INTO t (k, n) VALUES (1, 1) ON CONFLICT (k) DO UPDATE SET n = t.n + 1", nameof(SqlEffect.Increments), "… UPDATE SET n = t.n + …")]
    [InlineData("INSERT INTO t (k, n) VALUES (1, 1) ON DUPLICATE KEY UPDATE n = n + 1", nameof(SqlEffect.Increments), "… UPDATE SET n = n + …")]
    public void It_changes_something_again(string text, string effect, string summary)
    {
        var statement = SqlStatement.Parse(text);

        Assert.Equal((effect, summary, false), (statement.Effect.ToString(), statement.Summary, statement.IsClaim));
    }

    [Theory]
    [InlineData("INSERT INTO t (id) VALUES (1) ON CONFLICT DO NOTHING")]
    [InlineData("INSERT OR IGNORE INTO t VALUES (1)")]
    [InlineData("INSERT IGNORE INTO t VALUES (1)")]
    [InlineData("INSERT INTO t SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM t)")]
    [InlineData("IF NOT EXISTS (SELECT 1 FROM t WHERE id = 1) INSERT INTO t VALUES (1)")]
    public void It_inserts_only_if_none_is_there(string text)
    {
        var statement = SqlStatement.Parse(text);

        Assert.Equal((SqlEffect.None, true), (statement.Effect, statement.IsClaim));
    }

    [Theory]
    [InlineData("INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n")]
    [InlineData("MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT INTO t VALUES (1)")]
    public void It_writes_the_same_again_and_claims_nothing(string text)
    {
        var statement = SqlStatement.Parse(text);

        Assert.Equal((SqlEffect.None, false), (statement.Effect, statement.IsClaim));
    }

    [Theory]
    [InlineData("UPDATE t SET a = @a, b = b2 + 1 WHERE c = c + 1")]
    [InlineData("DELETE FROM t WHERE id = 1")]
    [InlineData("EXEC ship @id")]
    [InlineData("-- INSERT INTO t VALUES (1)\nUPDATE t SET a = 1")]
    [InlineData("/* UPDATE t SET n = n + 1 */ SELECT 1")]
    [InlineData("")]
    public void It_changes_nothing_again(string text)
    {
        var statement = SqlStatement.Parse(text);

        Assert.Equal((SqlEffect.None, false), (statement.Effect, statement.IsClaim));
    }

    [Theory]
    [InlineData("SELECT COUNT(*) FROM t", true)]
    [InlineData("\n  select 1 where exists (select 1 from t)", true)]
    [InlineData("WITH c AS (SELECT 1) SELECT * FROM c", true)]
    [InlineData("SELECT * INTO t FROM s", false)]
    [InlineData("SELECT 1; UPDATE t SET n = 1", false)]
    [InlineData("UPDATE t SET n = 1", false)]
    [InlineData("EXEC ship", false)]
    public void It_only_reads(string text, bool isRead) => Assert.Equal(isRead, SqlStatement.Parse(text).IsRead);
}
