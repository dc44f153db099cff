namespace AtLeastOnce.TestKit;

/// <summary>Which of the checks of a code fix are left out.</summary>
[Flags]
public enum CodeFixTestBehaviors
{
    /// <summary>Every check is made.</summary>
    None = 0,

    /// <summary>Only the first fix is applied, and "fix all" is not.</summary>
    FixOne = 1,

    /// <summary>"Fix all" is not applied in a document.</summary>
    SkipFixAllInDocumentCheck = 2,

    /// <summary>"Fix all" is not applied in the project.</summary>
    SkipFixAllInProjectCheck = 4,

    /// <summary>"Fix all" is not applied in the solution.</summary>
    SkipFixAllInSolutionCheck = 8,

    /// <summary>"Fix all" is not applied.</summary>
    SkipFixAllCheck = SkipFixAllInDocumentCheck | SkipFixAllInProjectCheck | SkipFixAllInSolutionCheck,

    /// <summary>The companions may say more about the fixed state than about the input.</summary>
    SkipNewCompanionDiagnosticsCheck = 16,
}
