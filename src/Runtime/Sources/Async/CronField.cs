using System.Globalization;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>A field of a cron expression: the values that it names.</summary>
internal sealed class CronField
{
    private readonly HashSet<int> values;

    private CronField(HashSet<int> values) => this.values = values;

    /// <summary>Whether it names the value.</summary>
    public bool Has(int value) => values.Contains(value);

    /// <summary>Reads a field of values, ranges, steps and lists of them; null if it is none.</summary>
    /// <param name="text">The field: <c>0/15</c>, <c>MON-FRI</c>.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The most.</param>
    /// <param name="names">The names of the values from the least one on; empty if they have none.</param>
    public static CronField? Read(string text, int least, int most, params string[] names)
    {
        var values = new HashSet<int>();
        foreach (var item in text.Split(','))
        {
            if (!AddItem(item))
                return null;
        }

        return new(values);

        bool AddItem(string item)
        {
            var parts = item.Split('/');
            var step = 1;
            if (parts.Length > 2 || (parts.Length == 2 && (!Number(parts[1], out step) || step < 1)))
                return false;
            int from,
                to;
            if (parts[0] == "*")
            {
                (from, to) = (least, most);
            }
            else
            {
                var ends = parts[0].Split('-');
                if (ends.Length > 2 || !Value(ends[0], out from))
                    return false;
                to = parts.Length == 2 && ends.Length == 1 ? most : from;
                if (ends.Length == 2 && !Value(ends[1], out to))
                    return false;
            }

            if (from > to)
                return false;
            for (var value = from; value <= to; value += step)
                values.Add(value);
            return true;
        }

        bool Value(string text, out int value)
        {
            var name = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = least + name;
            return name >= 0 || (Number(text, out value) && value >= least && value <= most);
        }
    }

    /// <summary>Reads a number without a sign.</summary>
    public static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
