using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Whether a template's function is made of the project at hand: of several projects under one template only one speaks about a function.</summary>
internal static class ProjectOwnership
{
    private static readonly char[] Separators = ['/', '\\'];
    private static readonly string[] Outputs = ["bin", "publish", "artifacts", "out", "output", "dist", "build"];

    /// <summary>
    /// Whether the function's <c>Handler</c> names this assembly, or, where it names no assembly, its code is that of the project: a folder that contains it, or what the project has built. Of the projects in one folder
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
        if (!isManaged && !function.IsImage && !IsExecutable(function))
            return false;
        return session.Types.HasAny && HasCodeOf(session.ProjectFolder, template, function);
    }

    /// <summary>
    /// Whether the function runs an executable on a runtime for any language, and what it runs is made of the project. Where several functions have their code in a folder
    /// above it, which of them is the project's cannot be told.
    /// </summary>
    public static bool IsExecutableOf(AnalysisSession session, DeploymentModel template, Function function)
    {
        var project = session.ProjectFolder;
        return IsOne(function) && (IsNoWider(function) || template.Functions.Count(IsOne) == 1);

        bool IsOne(Function one) => IsExecutable(one) && !one.IsImage && HasCodeOf(project, template, one);
        bool IsNoWider(Function one) => Contains(Segments(project!), Folder(template.Path, one.CodeUri.Single()!));
    }

    private static bool IsExecutable(Function function) => function.Runtime.All(runtime => runtime.StartsWith("provided", StringComparison.Ordinal));

    // The folder of the code holds the project, or the project has built what is deployed.
    private static bool HasCodeOf(string? projectFolder, DeploymentModel template, Function function)
    {
        if (projectFolder is null || !function.CodeUri.IsExplicit || function.CodeUri.Single() is not { } code || code.Contains("://"))
            return false;
        var (folder, project) = (Folder(template.Path, code), Segments(projectFolder));
        return Contains(folder, project) || (Contains(project, folder) && Outputs.Contains(folder[project.Count], StringComparer.OrdinalIgnoreCase));
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
