//! Files of a draft, on their way to becoming file ids.

use desk_domain::path::FieldPath;

use crate::ipc::Message;

views! {
    /// What a file is to the platform (`FileType` of its contract).
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum FileType {
        /// `Invoice`.
        Invoice,
        /// `Contract`.
        Contract,
        /// `Business Registration`.
        BusinessRegistration,
        /// `Article of Association`.
        ArticleOfAssociation,
        /// `Main page`.
        MainPage,
        /// `Back page`.
        BackPage,
    }

    /// Choose a file for a field of a draft, in a dialog of the system.
    struct DocumentChoose {
        /// The draft.
        pub draft: String,
        /// The field that wants its id.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// What it is.
        pub file_type: FileType,
    }

    /// A file that was dropped on a field, or pasted.
    struct DocumentAdd {
        /// The draft.
        pub draft: String,
        /// The field that wants its id.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// What it is.
        pub file_type: FileType,
        /// Its name.
        pub name: String,
        /// Its bytes, base64 (RFC 4648, with padding).
        pub content: String,
    }

    /// Names a file of a draft.
    struct DocumentRef {
        /// Its id.
        pub document: String,
    }

    /// The files of a draft.
    struct DocumentListView {
        /// In the order they were added; one a field at most.
        pub documents: Vec<DocumentView>,
        /// The largest file that the connection takes, in bytes (a setting of it).
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        pub limit_bytes: u64,
    }

    /// One file.
    struct DocumentView {
        /// Its id (UUID v7).
        pub id: String,
        /// The field that wants its id.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        pub path: FieldPath,
        /// What it is.
        pub file_type: FileType,
        /// Its name, without folders and without what would turn its direction.
        pub name: String,
        /// What its bytes are: `application/pdf`, `image/png`, `image/jpeg`, `image/tiff`.
        pub media_type: String,
        /// Its size in bytes.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        pub size: u64,
        /// Pages of a PDF, where they can be counted.
        pub pages: Option<u32>,
        /// Where it stands.
        pub state: DocumentState,
        /// How many bytes have left, while it is being sent.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        pub sent: u64,
        /// The id that the platform gave it.
        pub file_id: Option<String>,
        /// Why it is not sent: the code of what went wrong last.
        pub reason: Option<Message>,
        /// When it is tried again by itself.
        pub next_at: Option<String>,
        /// `document_preview` can show it.
        pub preview: bool,
    }

    /// Where a file stands.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy)]
    enum DocumentState {
        /// Waits to be sent; at `next_at`, where that is known.
        Waiting,
        /// Is being sent.
        Sending,
        /// The platform has it, and its id is in the field.
        Sent,
        /// The platform refused it, or the user stopped it: a person decides.
        Failed,
    }

    /// A picture of a file, made by the program of its pixels: the page draws no bytes of the file itself.
    struct DocumentPreviewView {
        /// `image/jpeg` or `image/png`.
        pub media_type: String,
        /// The picture, base64.
        pub content: String,
        /// Its width in pixels.
        pub width: u32,
        /// Its height in pixels.
        pub height: u32,
    }
}
