namespace Orders; internal static class Own;
