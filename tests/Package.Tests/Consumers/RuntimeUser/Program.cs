Console.WriteLine(System.Reflection.Assembly.Load("AtLeastOnce.Runtime").GetName().Version);
