package import RondoSignature

/// The registry of model families: one line each.
package enum ModelFamilies {
    package static let all: [any ModelFamily.Type] = [
        LinearFamily.self,
        RidgeFamily.self,
        LassoFamily.self,
        ElasticNetFamily.self,
        LogisticFamily.self,
        TreeFamily.self,
        ForestFamily.self,
        ExtraTreesFamily.self,
        BoostingFamily.self,
        NaiveBayesFamily.self,
        KNNFamily.self,
        KMeansFamily.self,
        PCAFamily.self,
        IsolationForestFamily.self,
        PopularityFamily.self,
        ItemKNNFamily.self,
        ALSFamily.self,
        EASEFamily.self,
        ContentFamily.self,
        BlendFamily.self,
        BoughtTogetherFamily.self,
    ]

    package static func named(_ name: String) -> (any ModelFamily.Type)? { all.first { $0.signature.name == name } }

    package static var signatures: [FamilySignature] { all.map { $0.signature } }
}
