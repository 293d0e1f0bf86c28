import Glibc

/// The names in a folder.
enum FolderListing {
    /// In no particular order, at most 1000; empty where the folder cannot be read.
    static func files(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while names.count < 1000, let entry = readdir(handle) {
            // The record is as long as its name, often shorter than the struct: read no further than the NUL.
            let field = UnsafeRawPointer(entry).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 19)
            let name = String(cString: field.assumingMemoryBound(to: CChar.self))
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
