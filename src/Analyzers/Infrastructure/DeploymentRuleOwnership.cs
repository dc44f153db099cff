using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Whether a template's function is made of the project at hand: of several projects under one template only one speaks about a function.</summary>
internal static class ProjectOwnership
{
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>
    /// Whether the function's <c>Handler</c> names this assembly, or, where it names no assembly, its code folder contains the project. Of the projects in one folder
    /// those without a Lambda package are libraries.
    /// </summary>
    public static bool Includes(AnalysisSession session, DeploymentModel template, Function function)
    {
        if (template.IsWrittenInCode)
            return true;
        var handler = function.Handler.IsExplicit && function.Handler.Single() is { } text ? HandlerString.Parse(text) : null;
        if (handler is not null && handler.Assembly == session.Compilation.AssemblyName)
            return true;
        var isManaged = function.Runtime.All(runtime => runtime.StartsWith("dotnet", StringComparison.Ordinal));
        if (handler is not null && (isManaged || !handler.IsExecutable))
            return false;
        if (!isManaged && !function.IsImage && !function.Runtime.All(runtime => runtime.StartsWith("provided", StringComparison.Ordinal)))
            return false;
        return session.Types.HasAny
            && session.ProjectFolder is { } project
            && function.CodeUri.IsExplicit
            && function.CodeUri.Single() is { } code
            && !code.Contains("://")
            && Contains(Folder(template.Path, code), Segments(project));
    }

    private static bool Contains(List<string> folder, List<string> inner) =>
        folder.Count <= inner.Count && folder.Zip(inner, (one, other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase)).All(same => same);

    private static List<string> Folder(string template, string relative)
    {
        var isRooted = relative.Length > 0 && (Separators.Contains(relative[0]) || relative.Contains(':'));
        return Segments(isRooted ? relative : template + "/../" + relative);
    }

    private static List<string> Segments(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                if (segments.Count > 0)
                    segments.RemoveAt(segments.Count - 1);
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return segments;
    }
}
