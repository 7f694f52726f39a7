@main struct Rondo { static func main() {} }
