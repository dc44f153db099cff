namespace AtLeastOnce.TestKit;

/// <summary>Applies the chosen fix of the first diagnostic that has one, again and again, until none is left.</summary>
internal sealed class IncrementalRun(CodeFixTest test, TestSession session, FixOffers offers)
{
    /// <exception cref="VerificationException">The fixes are not sound, do not end as stated, or do not lead to the expected state.</exception>
    internal async Task VerifyAsync(ProjectState input, ProjectState expected)
    {
        var start = session.Projects.Create(input);
        var fixable = await offers.FixableAsync(start).ConfigureAwait(false);
        var once = test.CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne);
        var bound = once ? new Iterations(1, Exactly: true) : Iterations.Of(test.NumberOfIncrementalIterations, atMostByDefault: fixable.Length);

        var state = input;
        var applied = 0;
        while (true)
        {
            var project = session.Projects.Create(state);
            if ((await offers.ChosenAsync(project).ConfigureAwait(false)).FirstOrDefault() is not { } offer)
                break;
            if (applied == bound.Most)
            {
                if (once)
                    break;
                var still = await offers.DescribeAsync(project).ConfigureAwait(false);
                throw new VerificationException($"A fix is still offered after {applied} applications; stated are {bound}:\n{still}");
            }

            var changed = await SolutionState
                .ReadAsync(await offers.ApplyAsync(offer.Action).ConfigureAwait(false), project.Id, state, session.CancellationToken)
                .ConfigureAwait(false);
            if (SolutionState.SameTexts(changed, state))
                throw new VerificationException($"The action \"{offer.Action.Title}\" changes nothing for {DiagnosticText.Of(offer.Diagnostic)}");
            state = changed;
            applied++;
        }

        if (SolutionState.Differences(expected, state) is { } differences)
        {
            var offered = await offers.DescribeAsync(start).ConfigureAwait(false);
            throw new VerificationException(
                $"After {applied} single fixes the state is not the fixed state.\n{differences}\nOffered for the input:\n{offered}"
            );
        }

        if (bound.Exactly && applied != bound.Most)
            throw new VerificationException($"{applied} single fixes were applied; stated are {bound}.");
    }
}
