@main struct RondoBench { static func main() {} }
