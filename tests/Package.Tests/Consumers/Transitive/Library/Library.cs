namespace Orders; public static class Library;
