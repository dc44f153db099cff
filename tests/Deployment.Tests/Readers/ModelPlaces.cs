using System.Collections;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers;

/// <summary>Looks at all places of a model, of whichever text it was read.</summary>
internal static class ModelPlaces
{
    /// <summary>Asserts that every place lies in its text.</summary>
    public static void Check(DeploymentModel model, Func<string, string> textOf)
    {
        foreach (var place in Of(model).Where(place => !place.IsNone))
        {
            var text = textOf(place.Path);
            Assert.InRange(place.Start, 0, text.Length);
            Assert.InRange(place.End, place.Start, text.Length);
            Assert.InRange(place.EndLine, place.StartLine, text.Length);
        }
    }

    /// <summary>A text with changes: characters taken out, and others put in.</summary>
    public static string Mutate(string text, IEnumerable<(int Position, int Removed, string Inserted)> changes)
    {
        foreach (var (position, removed, inserted) in changes)
        {
            var start = Math.Min(position, text.Length);
            text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, inserted);
        }

        return text;
    }

    /// <summary>Every place in a model.</summary>
    public static IEnumerable<Place> Of(DeploymentModel model) =>
        [
            .. model.Problems.Select(problem => problem.Place),
            .. model.Suppressions.SelectMany(suppression => new[] { suppression.Place, suppression.AppliesTo }),
            .. model.Resources.SelectMany(resource => resource.Properties.Values).SelectMany(property => new[] { property.Key, property.Value }),
            .. model.Resources.SelectMany(PlacesOf),
            .. model.Roles.SelectMany(role => role.Statements).Select(statement => statement.Place),
            .. model.Mappings.SelectMany(mapping => EventSourceMappingValidation.ValidateIn(model, mapping)).Select(refusal => refusal.Place),
            .. model.Queues.SelectMany(queue => QueueValidation.Validate(queue, model.DeadLetterQueueOf(queue))).Select(refusal => refusal.Place),
        ];

    // Every place that a resource, one of its links or one of its settings has.
    private static IEnumerable<Place> PlacesOf(object owner)
    {
        foreach (var property in owner.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(owner);
            if (value is Place place)
                yield return place;
            else if (value is ResourceLink link)
                yield return link.Place;
            else if (value is not null && value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Setting<>))
            {
                foreach (var inner in PlacesOf(value).Concat(((IEnumerable)type.GetProperty("Values")!.GetValue(value)!).Cast<object>().SelectMany(PlacesOf)))
                    yield return inner;
            }
        }
    }
}
