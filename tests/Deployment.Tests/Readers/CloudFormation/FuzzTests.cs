using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

/// <summary>Whatever is done to a text, reading it gives a model whose places lie in the text.</summary>
public sealed class FuzzTests
{
    private static readonly string[] SmallSeeds =
    [
        Templates.Orders,
        Templates.Orders.Replace("\n", "\r\n", StringComparison.Ordinal),
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"VisibilityTimeout":{"Fn::If":["C",1,{"Ref":"P"}]}}}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"1"]}}}""",
    ];

    // Every resource type and every setting that is read.
    private static readonly string[] WholeSeeds =
    [
        .. Golden.Files.Select(Golden.Read),
        Golden.Read("orders.sam.yaml").Replace("\n", "\r\n", StringComparison.Ordinal),
    ];

    private static readonly Arbitrary<Mutation> Mutations = Mutation.Of([.. SmallSeeds, .. WholeSeeds]);

    private static void CheckPlaces(string text) => Fuzzing.Check(Templates.Read(text), text);

    [Fact]
    public void Mutated_templates_are_read() => Fuzzing.Run(Mutations, 600, 20_260_701, mutation => CheckPlaces(mutation.Text));

    [Fact]
    public void Every_beginning_of_a_template_is_read()
    {
        foreach (var seed in SmallSeeds)
        {
            for (var length = 0; length <= seed.Length; length++)
                CheckPlaces(seed[..length]);
        }

        foreach (var seed in WholeSeeds)
        {
            for (var length = 0; length <= seed.Length; length += 97)
                CheckPlaces(seed[..length]);
        }
    }

    [Fact]
    public void Any_text_is_read() => Fuzzing.Run(ArbMap.Default.ArbFor<string?>(), 400, 20_260_702, text => CheckPlaces(text ?? ""));
}
