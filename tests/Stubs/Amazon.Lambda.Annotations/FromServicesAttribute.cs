namespace Amazon.Lambda.Annotations;

/// <summary>The parameter is taken from the service provider.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromServicesAttribute : Attribute;

/// <summary>An attribute that can name what it reads.</summary>
public interface INamedAttribute
{
    string Name { get; set; }
}
