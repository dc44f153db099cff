namespace AtLeastOnce.TestKit;

/// <summary>Which of the automatic extra runs are left out. Each use of a flag deserves a reason beside it.</summary>
[Flags]
public enum TestBehaviors
{
    /// <summary>Every extra run is made.</summary>
    None = 0,

    /// <summary>Diagnostics may survive <c>#pragma warning disable</c>.</summary>
    SkipSuppressionCheck = 1,

    /// <summary>Diagnostics may be reported in generated code.</summary>
    SkipGeneratedCodeCheck = 2,

    /// <summary>Diagnostics may be reported while another document than their own is analysed, or at the end of the compilation.</summary>
    SkipLocalDiagnosticCheck = 4,

    /// <summary>Results may depend on the order of the files and on earlier compilations.</summary>
    SkipRepeatabilityCheck = 8,

    /// <summary>Only what a build and an editor say of the input is compared: what the other runs check does not hang on the version of the compiler.</summary>
    BuildAndEditorOnly = SkipSuppressionCheck | SkipGeneratedCodeCheck | SkipRepeatabilityCheck,
}

/// <summary>Which diagnostics of the compiler a state must declare.</summary>
public enum CompilerDiagnostics
{
    /// <summary>None: incomplete code is the point of the test.</summary>
    None,

    /// <summary>Errors.</summary>
    Errors,

    /// <summary>Errors and warnings.</summary>
    Warnings,

    /// <summary>Errors, warnings and suggestions.</summary>
    Suggestions,

    /// <summary>All, also hidden ones.</summary>
    All,
}
