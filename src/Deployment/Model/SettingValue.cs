namespace AtLeastOnce.Deployment.Model;

/// <summary>Where a possible value of a setting comes from.</summary>
internal enum Provenance
{
    /// <summary>Written at the setting, or computed from what is written without any parameter.</summary>
    Literal,

    /// <summary>The documented default of a setting that is left out (also in one branch of an undecided condition).</summary>
    DocumentedDefault,

    /// <summary>Holds as long as the deployment keeps a parameter's default.</summary>
    ParameterDefault,

    /// <summary>One of the allowed values of a parameter that has no default.</summary>
    ParameterAllowedValue,
}

/// <summary>One value that a setting may have once deployed.</summary>
/// <param name="Value">The value.</param>
/// <param name="Place">
/// Where the value is written: at the setting, in a branch, in a parameter's <c>Default</c>; <see cref="Place.None"/> for a documented default.
/// </param>
/// <param name="Provenance">Where the value comes from.</param>
/// <param name="Parameter">The parameter of <see cref="Provenance.ParameterDefault"/> and <see cref="Provenance.ParameterAllowedValue"/>.</param>
internal readonly record struct SettingValue<T>(T Value, Place Place, Provenance Provenance, string? Parameter);
